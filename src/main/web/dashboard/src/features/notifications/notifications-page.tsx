import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Field, Select } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { Switch } from "@/components/ui/switch";
import { MyAddresses } from "@/features/notifications/my-addresses";
import { MyNotifications } from "@/features/notifications/my-notifications";
import { texts } from "@/features/notifications/texts";
import { DevicesPanel } from "@/features/push";
import { addressesQuery } from "@/leads/addresses";
import { type Preferences, preferencesQuery, savePreferences } from "@/leads/preferences";
import { reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

/** What reaches whom, and how loudly. */
export function NotificationsPage() {
  const preferences = useQuery(preferencesQuery());
  return (
    <Page title={texts.title} description={texts.about}>
      {preferences.isPending ? (
        <Waiting rows={4} className="p-0" />
      ) : preferences.isError ? (
        <Failed error={preferences.error} retry={() => void preferences.refetch()} />
      ) : (
        <Groups preferences={preferences.data} />
      )}
    </Page>
  );
}

function Groups({ preferences }: { preferences: Preferences }) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: savePreferences,
    onSuccess: (saved) => client.setQueryData(preferencesQuery().queryKey, saved),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  const addresses = useQuery(addressesQuery());
  const hasNumber = addresses.data?.some(({ type, isOwn }) => type === "sms" && isOwn) ?? false;
  const { email, sms, screen, personal } = preferences;
  const mayChange = isOwner() && !save.isPending;
  return (
    <>
      <Panel title={texts.onMyScreen}>
        <Rows>
          <Toggle
            label={texts.badge}
            about={texts.badgeAbout}
            checked={screen.badge}
            onChange={(badge) => save.mutate({ screen: { badge } })}
          />
          <Toggle
            label={texts.notice}
            about={texts.noticeAbout}
            checked={screen.toast}
            onChange={(toast) => save.mutate({ screen: { toast } })}
          />
          <div className="p-4">
            <Field label={texts.sound} hint={texts.soundHint}>
              <Select
                className="max-w-xs"
                value={screen.sound}
                onChange={(event) => save.mutate({ screen: { sound: event.target.value as typeof screen.sound } })}
              >
                <option value="silent">{texts.silent}</option>
                <option value="once">{texts.once}</option>
                <option value="until-read">{texts.untilRead}</option>
              </Select>
            </Field>
          </div>
        </Rows>
      </Panel>
      <MyNotifications personal={personal} hasNumber={hasNumber} onChange={(change) => save.mutate(change)} />
      <DevicesPanel />
      <MyAddresses />
      <Panel title={texts.byMail}>
        <Rows>
          <Toggle
            label={texts.eachNewLead}
            checked={email.newMessages}
            disabled={!mayChange}
            onChange={(newMessages) => save.mutate({ email: { newMessages } })}
          />
          <Toggle
            label={texts.daily}
            checked={email.dailySummary}
            disabled={!mayChange}
            onChange={(dailySummary) => save.mutate({ email: { dailySummary } })}
          />
          <Toggle
            label={texts.weekly}
            about={texts.onMondays}
            checked={email.weeklySummary}
            disabled={!mayChange}
            onChange={(weeklySummary) => save.mutate({ email: { weeklySummary } })}
          />
          <Toggle
            label={texts.empty}
            about={texts.emptyAbout}
            checked={email.emptySummary}
            disabled={!mayChange || !(email.dailySummary || email.weeklySummary)}
            onChange={(emptySummary) => save.mutate({ email: { emptySummary } })}
          />
        </Rows>
      </Panel>
      <Panel title={texts.bySms}>
        <Rows>
          <Toggle
            label={texts.urgentOnly}
            about={texts.urgentOnlyAbout}
            checked={sms.urgentOnly}
            disabled={!mayChange}
            onChange={(urgentOnly) => save.mutate({ sms: { urgentOnly } })}
          />
        </Rows>
      </Panel>
    </>
  );
}

function Rows({ children }: { children: ReactNode }) {
  return <div className="divide-y divide-line">{children}</div>;
}

function Toggle({
  label,
  about,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  about?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="flex min-h-14 items-center gap-4 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block text-s font-medium">{label}</span>
        {about && <span className="block text-s text-soft">{about}</span>}
      </span>
      <Switch aria-label={label} checked={checked} disabled={disabled} onCheckedChange={onChange} />
    </label>
  );
}
