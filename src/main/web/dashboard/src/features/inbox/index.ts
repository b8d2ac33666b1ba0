/** What other features use of the inbox. */
export type { InboxSearch } from "@/features/inbox/search";
