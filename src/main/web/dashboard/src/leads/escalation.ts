import type { components } from "@/lib/api";
import { list } from "@/lib/format";

type Step = components["schemas"]["EscalationPolicy"]["steps"][number];
export type Escalation = NonNullable<components["schemas"]["Escalation"]>;
export type Recipient = Step["notify"][number];
export type Channel = NonNullable<Step["channels"]>[number];

export const RECIPIENTS: readonly Recipient[] = ["assignee", "on_duty", "members", "owners", "everyone", "webhook"];
export const CHANNELS: readonly Channel[] = ["email", "sms", "push"];

export const escalationTexts = {
  recipients: {
    assignee: "the person who has the lead",
    on_duty: "the person on duty",
    members: "certain people",
    owners: "the owners",
    everyone: "everyone",
    webhook: "your webhooks",
  } satisfies Record<Recipient, string>,
  channels: { email: "e-mail", sms: "SMS", push: "push" } satisfies Record<Channel, string>,
  unknownMember: "a colleague",
};

/** Whom a step notifies, as part of a sentence; the person who has the lead by name where they are known. */
export function recipientsInWords(
  { notify, memberIds }: { readonly notify: readonly string[]; readonly memberIds: readonly string[] },
  memberName: (id: string | null) => string | undefined,
  assignee?: string | null,
): string {
  return list(
    RECIPIENTS.filter((each) => notify.includes(each)).flatMap((each) =>
      each === "members"
        ? memberIds.map((id) => memberName(id) ?? escalationTexts.unknownMember)
        : [(each === "assignee" && assignee && memberName(assignee)) || escalationTexts.recipients[each]],
    ),
  );
}

/** By which channels, such as "e-mail and SMS"; undefined where each member's preferences decide. */
export function channelsInWords(channels: readonly string[] | null | undefined): string | undefined {
  return channels?.length
    ? list(CHANNELS.filter((each) => channels.includes(each)).map((each) => escalationTexts.channels[each]))
    : undefined;
}
