import { BreakdownTable } from "@/features/analytics/breakdown-table";
import type { Counted } from "@/features/analytics/leads-link";
import { Outcomes } from "@/features/analytics/outcomes";
import { type Figures, texts } from "@/features/analytics/texts";
import { useMemberName } from "@/leads/names";
import { leadTexts } from "@/leads/texts";

/** The same leads by person, outcome, source, campaign, funnel and priority. */
export function Breakdowns({
  figures,
  counted,
  isOpenOnly,
}: {
  figures: Figures;
  counted: Counted;
  isOpenOnly: boolean;
}) {
  const memberName = useMemberName();
  const hasSource = figures.sources.some(({ source }) => source !== null);
  const table = { counted, isOpenOnly };
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
      <BreakdownTable
        {...table}
        title={texts.members}
        rows={figures.members.map((each) => ({
          ...each,
          key: each.memberId ?? "nobody",
          name: each.memberId === null ? texts.unassigned : (memberName(each.memberId) ?? texts.formerMember),
          only: { assignee: each.memberId ?? "nobody" },
        }))}
      />
      <Outcomes outcomes={figures.outcomes} counted={counted} />
      <BreakdownTable
        {...table}
        title={texts.sources}
        {...(!hasSource && { note: texts.sourcesAbout })}
        rows={figures.sources.map((each) => ({
          ...each,
          key: `source ${each.source}`,
          name: each.source ?? texts.noSource,
          only: each.source === null ? undefined : { source: each.source },
        }))}
      />
      {figures.campaigns.some(({ campaign }) => campaign !== null) && (
        <BreakdownTable
          {...table}
          title={texts.campaigns}
          rows={figures.campaigns.map((each) => ({
            ...each,
            key: `campaign ${each.campaign}`,
            name: each.campaign ?? texts.noCampaign,
            only: each.campaign === null ? undefined : { campaign: each.campaign },
          }))}
        />
      )}
      <BreakdownTable
        {...table}
        title={texts.funnels}
        rows={figures.funnels.map((each) => ({
          ...each,
          key: each.funnelId ?? "gone",
          name: each.name ?? texts.otherFunnel,
          only: each.funnelId === null ? undefined : { funnel: each.funnelId },
        }))}
      />
      <BreakdownTable
        {...table}
        title={texts.priorities}
        rows={figures.priorities.map((each) => ({
          ...each,
          key: each.priority,
          name: leadTexts.priorities[each.priority],
          only: { priority: [each.priority] },
        }))}
      />
    </div>
  );
}
