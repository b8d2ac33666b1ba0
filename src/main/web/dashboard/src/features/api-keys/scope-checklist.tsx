import { Checkbox } from "@/components/ui/checkbox";
import { type Scope, SCOPES } from "@/features/api-keys/api-key";
import { texts } from "@/features/api-keys/texts";

const GROUPS = Object.keys(SCOPES) as (keyof typeof SCOPES)[];

/** What a key may do, each with what that means. */
export function ScopeChecklist({
  scopes,
  onChange,
  error,
}: {
  scopes: readonly Scope[];
  onChange: (scopes: readonly Scope[]) => void;
  error: string | undefined;
}) {
  const toggle = (scope: Scope, on: boolean) =>
    onChange(on ? [...scopes, scope] : scopes.filter((each) => each !== scope));
  return (
    <fieldset className="grid gap-3" aria-describedby={error ? "scopes-error" : undefined}>
      <legend className="mb-1 text-s font-medium">
        {texts.scopes} <span className="font-normal text-soft">— {texts.scopesHint}</span>
      </legend>
      {GROUPS.map((group) => (
        <div key={group} role="group" aria-label={texts.groups[group]} className="grid">
          <p aria-hidden className="text-xs font-medium text-soft">
            {texts.groups[group]}
          </p>
          {SCOPES[group].map((scope) => (
            <label key={scope} className="flex min-h-9 items-center gap-3 py-1 text-s">
              <Checkbox checked={scopes.includes(scope)} onCheckedChange={(on) => toggle(scope, on === true)} />
              <span className="flex-1">{texts.explanations[scope]}</span>
              <code className="hidden text-xs text-soft sm:inline">{scope}</code>
            </label>
          ))}
        </div>
      ))}
      {error && (
        <p id="scopes-error" role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
