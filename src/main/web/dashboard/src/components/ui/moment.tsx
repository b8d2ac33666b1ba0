import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";

/** How long ago, or in how long; the exact moment when it is pointed at. */
export function Moment({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={moment(at)} className={className}>
      {relative(at, now)}
    </time>
  );
}
