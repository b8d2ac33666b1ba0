import type { BulkAction } from "@/features/inbox/bulk";
import type { Sort, ViewName } from "@/leads/filter";
import { number } from "@/lib/format";

const leads = (count: number) => `${number(count)} ${count === 1 ? "lead" : "leads"}`;

export const texts = {
  views: {
    waiting: "Waiting",
    unread: "Unread",
    mine: "Mine",
    overdue: "Overdue",
    all: "All",
    archived: "Archived",
    quarantine: "Quarantine",
  } satisfies Record<ViewName, string>,
  empty: {
    waiting: { title: "Everybody is answered", about: "Nobody waits for a call. New leads appear here by themselves." },
    unread: { title: "Nothing unread", about: "Somebody has looked at each lead." },
    mine: {
      title: "Nothing of yours is open",
      about: "Leads that are given to you, or that you take, are here until they are answered.",
    },
    overdue: { title: "Nothing is overdue", about: "Every lead that waits still has time." },
    all: { title: "No lead yet", about: "Leads from your forms, links and QR codes appear here." },
    archived: { title: "Nothing is archived", about: "What you put away is kept here." },
    quarantine: {
      title: "Nothing is held",
      about: "What looks like spam waits here until a person has looked at it. Nothing is ever dropped.",
    },
  } satisfies Record<ViewName, { title: string; about: string }>,
  nothingFound: "Nothing matches",
  nothingFoundAbout: "Try fewer filters, or another spelling: accents and the form of phone numbers do not matter.",
  sorts: { newest: "Newest first", oldest: "Oldest first", "time-left": "Least time left" } satisfies Record<
    Sort,
    string
  >,
  search: "Search name, phone, e-mail, text",
  newLeads: (count: number) => (count === 1 ? "1 new lead" : `${number(count)} new leads`),
  selected: (count: number) => `${number(count)} selected`,
  selectAll: (count: number, isMore: boolean) => `Select all ${isMore ? "10,000+" : number(count)} that match`,
  tooMany: "At most 10,000 at once: narrow the list first.",
  bulk: {
    read: "Mark as read",
    acknowledge: "Acknowledge",
    archive: "Archive",
    unarchive: "Take out of the archive",
    assign: "Assign",
    tag: "Add a tag",
    untag: "Remove a tag",
  } satisfies Record<BulkAction, string>,
  done: {
    read: (count: number) => `${leads(count)} marked as read.`,
    acknowledge: (count: number) => `${leads(count)} acknowledged.`,
    archive: (count: number) => `${leads(count)} archived.`,
    unarchive: (count: number) => `${leads(count)} taken out of the archive.`,
    assign: (count: number) => `${leads(count)} assigned.`,
    tag: (count: number) => `${leads(count)} tagged.`,
    untag: (count: number) => `${leads(count)} without the tag now.`,
  } satisfies Record<BulkAction, (count: number) => string>,
  unchanged: (count: number) => (count === 0 ? "" : ` ${number(count)} were so already.`),
  leftAlone: (count: number) => `${leads(count)} left alone`,
  noLead: "Choose a lead",
  noLeadAbout: "Its story, its deliveries and what to do next appear here.",
};
