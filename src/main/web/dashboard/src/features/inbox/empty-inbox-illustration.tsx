/** A quiet telephone under a low sun: nothing to do. */
export function EmptyInboxIllustration({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 160 110"
      className={className}
      aria-hidden
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="112" cy="40" r="20" className="fill-accent-soft" />
      <path d="M10 92h140" className="stroke-line" strokeWidth="3" />
      <path d="M28 92c2-20 12-31 30-31s28 11 30 31" className="fill-surface stroke-edge" strokeWidth="3" />
      <path
        d="M30 62c0-9 12-16 28-16s28 7 28 16c0 3-2 5-5 5h-6c-3 0-5-2-5-5v-2H46v2c0 3-2 5-5 5h-6c-3 0-5-2-5-5Z"
        className="fill-accent stroke-accent"
        strokeWidth="3"
      />
      <circle cx="58" cy="78" r="7" className="fill-accent-soft stroke-edge" strokeWidth="3" />
      <path
        d="M104 92c0-8 4-13 4-13s4 5 4 13M118 92c0-11 6-18 6-18s6 7 6 18"
        className="stroke-accent"
        strokeWidth="3"
      />
    </svg>
  );
}
