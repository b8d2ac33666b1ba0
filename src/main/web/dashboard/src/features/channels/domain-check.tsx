import { useQuery } from "@tanstack/react-query";
import { Globe } from "lucide-react";
import { useState } from "react";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Failed, Waiting } from "@/components/ui/states";
import { texts } from "@/features/channels/texts";
import { answered, api, type components } from "@/lib/api";
import { moment } from "@/lib/format";

type Check = components["schemas"]["DomainCheck"];

const TONES: Record<Check["state"], BadgeTone> = {
  found: "good",
  missing: "warn",
  wrong: "danger",
  unknown: "neutral",
};

/** Looks up, when somebody wants to know, what DNS says of the domain that mails come from. */
export function DomainCheck() {
  const [isWanted, setWanted] = useState(false);
  const check = useQuery({
    queryKey: ["email-domain"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/email-domain", { signal })),
    enabled: isWanted,
    retry: false,
  });
  return (
    <div className="grid grid-cols-1 gap-3 border-t border-line pt-4">
      <Button
        className="justify-self-start"
        disabled={check.isFetching}
        onClick={() => (isWanted ? void check.refetch() : setWanted(true))}
      >
        <Globe /> {texts.checkDomain}
      </Button>
      {isWanted &&
        (check.isPending ? (
          <Waiting rows={3} className="p-0" label={texts.checkingDomain} />
        ) : check.isError ? (
          <Failed error={check.error} retry={() => void check.refetch()} />
        ) : check.data.advice ? (
          <p className="text-s text-warn">{check.data.advice}</p>
        ) : (
          <Checks domain={check.data.domain} checkedAt={check.data.checkedAt} checks={check.data.checks} />
        ))}
    </div>
  );
}

function Checks({ domain, checkedAt, checks }: { domain: string; checkedAt: string; checks: readonly Check[] }) {
  return (
    <table className="w-full table-fixed text-start text-s">
      <caption className="pb-2 text-start text-soft">{texts.domainChecked(domain, moment(checkedAt))}</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className="py-2 text-start font-medium">
            {texts.dnsRecord}
          </th>
          <th scope="col" className="w-24 py-2 text-start font-medium">
            {texts.dnsState}
          </th>
        </tr>
      </thead>
      <tbody>
        {checks.map((each) => (
          <tr key={each.check + each.name} className="border-b border-line align-top last:border-0">
            <th scope="row" className="grid gap-1 py-2 pe-3 text-start font-normal">
              <span className="break-all">
                <span className="font-medium">{each.check.toUpperCase()}</span> {each.name}
              </span>
              {each.records.map((record) => (
                <code key={record} className="line-clamp-3 text-xs break-all text-soft">
                  {record}
                </code>
              ))}
              {each.advice && <span>{each.advice}</span>}
            </th>
            <td className="py-2">
              <Badge tone={TONES[each.state]}>{texts.dnsStates[each.state]}</Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
