import { useQuery } from "@tanstack/react-query";

import { Page, Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { AssignmentForm } from "@/features/assignment/assignment-form";
import { DutyPanel } from "@/features/assignment/duty-panel";
import { rotaQuery, rulesQuery } from "@/features/assignment/queries";
import { texts } from "@/features/assignment/texts";
import { membersQuery } from "@/leads/queries";

/** Which member gets a new lead. */
export function AssignmentPage() {
  const rules = useQuery(rulesQuery());
  const rota = useQuery(rotaQuery());
  const members = useQuery(membersQuery());
  const failed = [rules, rota, members].find((each) => each.isError);
  return (
    <Page title={texts.title} description={texts.about}>
      {failed ? (
        <Panel>
          <Failed error={failed.error} retry={() => void failed.refetch()} />
        </Panel>
      ) : rules.data && rota.data && members.data ? (
        <>
          {rota.data.shifts.length + rota.data.exceptions.length > 0 && <DutyPanel rota={rota.data} />}
          <AssignmentForm rules={rules.data} rota={rota.data} members={members.data} />
        </>
      ) : (
        <Panel>
          <Waiting rows={4} />
        </Panel>
      )}
    </Page>
  );
}
