import { useMessaging } from "./messaging-provider";
import { useUnreadMessageCount } from "./use-unread-message-count";

const MOST = 99;

/** How many leads are unread: nothing while there are none, "99+" for more. */
export function NotificationBadge({ className }: { className?: string }) {
  const { locale, words } = useMessaging();
  const unread = useUnreadMessageCount();
  if (!unread) {
    return null;
  }
  const number = new Intl.NumberFormat(locale).format(Math.min(unread, MOST));
  return (
    <span className={`cm-root cm-badge ${className ?? ""}`} role="status">
      {unread > MOST ? `${number}+` : number} <span className="cm-hidden">{words.unreadCount}</span>
    </span>
  );
}
