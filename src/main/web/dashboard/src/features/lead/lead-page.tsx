import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Ghost } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Empty, Failed, Skeleton } from "@/components/ui/states";
import { LeadView } from "@/features/lead/lead-view";
import { texts } from "@/features/lead/texts";
import { leadQuery } from "@/leads/queries";
import { Refused } from "@/lib/api";

const route = getRouteApi("/shell/inbox/$leadId");

/** The lead that the address names. */
export function LeadPage() {
  const { leadId } = route.useParams();
  const lead = useQuery(leadQuery(leadId));
  if (lead.isPending && (lead.failureReason || lead.isPaused)) {
    // It is tried again by itself; meanwhile people know what is wrong.
    return <Failed error={lead.failureReason} retry={() => void lead.refetch()} />;
  }
  if (lead.isPending) {
    return <LeadSkeleton />;
  }
  if (lead.isError && lead.data === undefined) {
    const isGone = lead.error instanceof Refused && [400, 404].includes(lead.error.problem.status);
    return isGone ? <Gone /> : <Failed error={lead.error} retry={() => void lead.refetch()} />;
  }
  // One lead's drafts and dialogs are nothing of another's.
  return <LeadView key={lead.data.id} lead={lead.data} />;
}

function Gone() {
  return (
    <Empty icon={Ghost} title={<h1>{texts.gone}</h1>}>
      <p>{texts.goneAbout}</p>
      <Button asChild>
        <Link to="/inbox" search={(before) => before as never}>
          {texts.back}
        </Link>
      </Button>
    </Empty>
  );
}

function LeadSkeleton() {
  return (
    <div role="status" className="grid gap-4 p-5">
      <span className="sr-only">{texts.loading}</span>
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="h-5 w-1/3" />
      <Skeleton className="h-28" />
      <Skeleton className="h-52" />
    </div>
  );
}
