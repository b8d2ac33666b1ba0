import { type FormEvent } from "react";

import { Field, Input, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Switch } from "@/components/ui/switch";
import { HolidaysPanel } from "@/features/business/holidays-panel";
import { HoursEditor } from "@/features/business/hours-editor";
import { QuietHoursPanel } from "@/features/business/quiet-hours-panel";
import { SaveBar } from "@/features/business/save-bar";
import { minutesOf, type Settings, type Unit, UNITS } from "@/features/business/settings";
import { texts } from "@/features/business/texts";
import { TimeZoneField } from "@/features/business/time-zone-field";
import { useSettingsForm } from "@/features/business/use-settings-form";
import { fieldError, otherErrors } from "@/lib/api";
import { isOwner } from "@/lib/session";

const SHOWN = ["name", "timeZone", "answerWithinMinutes", "retentionMonths", "businessHours", "holidays", "quietHours"];
const UNIT_NAMES = Object.keys(UNITS) as Unit[];

/** All settings of the business in one form: they are saved together. */
export function BusinessForm({ settings }: { settings: Settings }) {
  const form = useSettingsForm(settings);
  const { draft, change, error } = form;
  const minutes = minutesOf(draft);
  const months = Number(draft.retentionMonths);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isOwner()} className="grid min-w-0 gap-5">
        {!isOwner() && <p className="text-s text-soft">{texts.readOnly}</p>}
        <Panel title={texts.identity}>
          <div className="grid gap-4 p-4">
            <Field label={texts.name} hint={texts.nameHint} optional error={fieldError(error, "name")}>
              <Input maxLength={200} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
            </Field>
            <TimeZoneField
              value={draft.timeZone}
              error={fieldError(error, "timeZone")}
              onChange={(timeZone) => change({ timeZone })}
            />
            {!settings.timeZoneKnown && draft.timeZone === settings.timeZone && (
              <p role="status" className="rounded-m bg-warn-soft p-3 text-s text-warn">
                {texts.zoneForgotten}
              </p>
            )}
          </div>
        </Panel>
        <Panel title={texts.answering}>
          <div className="flex items-start gap-2 p-4">
            <Field
              label={texts.answerWithin}
              hint={minutes > 0 && texts.answerHint(minutes)}
              error={fieldError(error, "answerWithinMinutes")}
              className="flex-1"
            >
              <div className="flex gap-2">
                <Input
                  type="number"
                  inputMode="numeric"
                  min={1}
                  className="w-24"
                  value={draft.answerWithin}
                  onChange={(event) => change({ answerWithin: event.target.value })}
                />
                <Select
                  id={undefined}
                  aria-label={texts.unit}
                  className="w-auto"
                  value={draft.unit}
                  onChange={(event) => change({ unit: event.target.value as Unit })}
                >
                  {UNIT_NAMES.map((each) => (
                    <option key={each} value={each}>
                      {texts.units(each, Number(draft.answerWithin))}
                    </option>
                  ))}
                </Select>
              </div>
            </Field>
          </div>
          <div className="grid gap-1 border-t border-line p-4">
            <label className="flex items-center justify-between gap-3 text-s font-medium">
              {texts.asksForTime}
              <Switch
                aria-label={texts.asksForTime}
                checked={draft.asksForTime}
                onCheckedChange={(asksForTime) => change({ asksForTime })}
              />
            </label>
            <p className="text-s text-soft">{texts.asksForTimeHint}</p>
          </div>
        </Panel>
        <Panel title={texts.hours}>
          <p className="border-b border-line px-4 py-2.5 text-s text-soft">{texts.hoursAbout}</p>
          <HoursEditor
            hours={draft.hours}
            onChange={(hours) => change({ hours })}
            errorOf={form.errorOfSpan}
            disabled={!isOwner()}
          />
          {draft.hours.length === 0 && (
            <p role="status" className="border-t border-line px-4 py-3 text-s text-warn">
              {texts.noHours}
            </p>
          )}
        </Panel>
        <HolidaysPanel
          holidays={draft.holidays}
          onChange={(holidays) => change({ holidays })}
          errorOf={form.errorOfHoliday}
          disabled={!isOwner()}
        />
        <QuietHoursPanel
          quiet={draft.quiet}
          hasHours={draft.hours.length > 0}
          onChange={(quiet) => change({ quiet })}
          errorOf={form.errorOfQuietSpan}
          error={fieldError(error, "quietHours.spans")}
          disabled={!isOwner()}
        />
        <Panel title={texts.keeping}>
          <div className="grid gap-3 p-4">
            <Field label={texts.retention} hint={texts.retentionHint} error={fieldError(error, "retentionMonths")}>
              <div className="flex items-center gap-2">
                <Input
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={120}
                  className="w-24"
                  value={draft.retentionMonths}
                  onChange={(event) => change({ retentionMonths: event.target.value })}
                />
                <span className="text-s">{texts.months}</span>
              </div>
            </Field>
            {months >= 1 && months < settings.retentionMonths && (
              <p role="status" className="rounded-m bg-warn-soft p-3 text-s text-warn">
                {texts.shorter(months)}
              </p>
            )}
          </div>
        </Panel>
        <SaveBar
          isDirty={form.isDirty}
          isSaving={form.isSaving}
          problem={otherErrors(error, SHOWN) ?? (error || form.isIncomplete ? texts.fix : undefined)}
          onDiscard={form.discard}
        />
      </fieldset>
    </form>
  );
}
