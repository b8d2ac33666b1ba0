import { create } from "zustand";

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly tone: "neutral" | "good" | "danger" | "lead";
  readonly action?: NoticeAction | undefined;
  /** A second thing that can be done, less often wanted. */
  readonly other?: NoticeAction | undefined;
  /** Milliseconds until it goes by itself; time stands still while it is pointed at or focused. */
  readonly lasts: number;
}

interface Notices {
  readonly notices: readonly Notice[];
}

const MOST = 4;
let last = 0;

export const useNotices = create<Notices>(() => ({ notices: [] }));

/** Shows a notice in the corner, announced to screen readers; at most four at once. */
export function notify(notice: Partial<Omit<Notice, "id">> & Pick<Notice, "title">): number {
  const id = ++last;
  const whole: Notice = { tone: "neutral", lasts: notice.action ? 8_000 : 5_000, ...notice, id };
  useNotices.setState(({ notices }) => ({ notices: [...notices, whole].slice(-MOST) }));
  return id;
}

export function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((each) => each.id !== id) }));
}
