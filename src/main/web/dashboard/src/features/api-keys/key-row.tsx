import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { type ApiKey, stateOf } from "@/features/api-keys/api-key";
import { texts } from "@/features/api-keys/texts";
import { moment } from "@/lib/format";
import { useNow } from "@/lib/use-now";

/** A key: what it may do, and whether anything calls with it. */
export function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke?: () => void }) {
  const { name, prefix, scopes, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const state = stateOf(apiKey, useNow());
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="grid min-w-0 flex-1 basis-56 gap-1.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          <code className="text-s text-soft">{prefix}…</code>
          {state !== "live" && <Badge tone={state === "revoked" ? "danger" : "warn"}>{texts[state]}</Badge>}
        </p>
        <ul aria-label={texts.scopes} className="flex flex-wrap gap-1">
          {scopes.map((each) => (
            <li key={each}>
              <Badge>{each}</Badge>
            </li>
          ))}
        </ul>
        <p className="text-s text-soft">
          {lastUsedAt ? (
            <>
              {texts.used} <Moment at={lastUsedAt} />
            </>
          ) : (
            texts.neverUsed
          )}
          {" · "}
          {texts.created} <Moment at={createdAt} /> {createdBy && texts.by(createdBy)}
          {" · "}
          {revokedAt ? (
            <>
              {texts.revoked.toLocaleLowerCase()} <Moment at={revokedAt} />
            </>
          ) : expiresAt ? (
            <>
              {texts.ends} <time dateTime={expiresAt}>{moment(expiresAt)}</time>
            </>
          ) : (
            texts.noEnd
          )}
        </p>
      </div>
      {onRevoke && (
        <Button size="s" variant="danger" aria-label={texts.revokeWhich(name)} onClick={onRevoke}>
          {texts.revoke}
        </Button>
      )}
    </li>
  );
}
