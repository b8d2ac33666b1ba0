import { Field, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Switch } from "@/components/ui/switch";
import { HoursEditor } from "@/features/business/hours-editor";
import type { Quiet, QuietMode, Span } from "@/features/business/settings";
import { texts } from "@/features/business/texts";

const MODES: readonly QuietMode[] = ["off", "closed", "spans"];

/** When notifications of new leads wait. */
export function QuietHoursPanel({
  quiet,
  hasHours,
  onChange,
  errorOf,
  error,
  disabled,
}: {
  quiet: Quiet;
  hasHours: boolean;
  onChange: (quiet: Quiet) => void;
  errorOf: (span: Span) => string | undefined;
  error: string | undefined;
  disabled: boolean;
}) {
  return (
    <Panel title={texts.quiet}>
      <div className="grid gap-4 p-4">
        <Field label={texts.quietMode} hint={texts.quietAbout} error={error}>
          <Select
            value={quiet.mode}
            onChange={(event) => onChange({ ...quiet, mode: event.target.value as QuietMode })}
          >
            {MODES.map((each) => (
              <option key={each} value={each}>
                {texts.quietModes[each]}
              </option>
            ))}
          </Select>
        </Field>
        {quiet.mode === "closed" && !hasHours && (
          <p role="status" className="text-s text-warn">
            {texts.quietNeedsHours}
          </p>
        )}
        {quiet.mode !== "off" && (
          <label className="flex items-center justify-between gap-3 text-s">
            {texts.urgent}
            <Switch
              aria-label={texts.urgent}
              checked={quiet.urgentBreaksThrough}
              disabled={disabled}
              onCheckedChange={(urgentBreaksThrough) => onChange({ ...quiet, urgentBreaksThrough })}
            />
          </label>
        )}
      </div>
      {quiet.mode === "spans" && (
        <div className="border-t border-line">
          <HoursEditor
            hours={quiet.spans}
            onChange={(spans) => onChange({ ...quiet, spans })}
            errorOf={errorOf}
            disabled={disabled}
            words={texts.quietHours}
          />
        </div>
      )}
    </Panel>
  );
}
