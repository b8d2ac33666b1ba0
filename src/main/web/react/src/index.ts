export type { components, Problem } from "../../client/src/index";
export { answered, callbackMessaging, Refused } from "../../client/src/index";
export type { Filter } from "./filter";
export { MessageDashboard } from "./message-dashboard";
export { MessageFilters } from "./message-filters";
export { MessageHeader } from "./message-header";
export { MessageList } from "./message-list";
export {
  type MessagingOptions,
  MessagingProvider,
  type RealtimeChannel,
  type RealtimeClient,
  useMessaging,
} from "./messaging-provider";
export { NotificationBadge } from "./notification-badge";
export { NotificationToasts } from "./notification-toasts";
export type { Message } from "./store";
export { type Texts, TEXTS } from "./texts";
export { useMessage } from "./use-message";
export { useMessageActions } from "./use-message-actions";
export { type Messages, useMessages } from "./use-messages";
export { type RealtimeOptions, useRealtimeMessages } from "./use-realtime-messages";
export { useUnreadMessageCount } from "./use-unread-message-count";
