import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MoonStar } from "lucide-react";
import type { ReactNode } from "react";

import { Field, Select } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { Switch } from "@/components/ui/switch";
import { type Preferences, preferencesQuery, savePreferences } from "@/leads/preferences";
import { reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

/** What reaches whom, and how loudly. */
export function NotificationsPage() {
  const preferences = useQuery(preferencesQuery());
  return (
    <Page title="Notifications" description="What is sent to the business, and how your own screen tells you.">
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
  const { email, sms, screen } = preferences;
  const mayChange = isOwner() && !save.isPending;
  return (
    <>
      <Panel title="On my screen">
        <Rows>
          <Toggle
            label="Badge"
            about="How many are unread: in the title, on the icon, beside the inbox."
            checked={screen.badge}
            onChange={(badge) => save.mutate({ screen: { badge } })}
          />
          <Toggle
            label="Notice of a new lead"
            about="In the corner, with what to do next."
            checked={screen.toast}
            onChange={(toast) => save.mutate({ screen: { toast } })}
          />
          <div className="p-4">
            <Field label="Sound" hint="Browsers play it only on a page that you have touched.">
              <Select
                className="max-w-xs"
                value={screen.sound}
                onChange={(event) => save.mutate({ screen: { sound: event.target.value as typeof screen.sound } })}
              >
                <option value="silent">None</option>
                <option value="once">Once for each new lead</option>
                <option value="until-read">Again and again until somebody has read it</option>
              </Select>
            </Field>
          </div>
        </Rows>
      </Panel>
      <Panel title="To the business by e-mail">
        <Rows>
          <Toggle
            label="Each new lead"
            checked={email.newMessages}
            disabled={!mayChange}
            onChange={(newMessages) => save.mutate({ email: { newMessages } })}
          />
          <Toggle
            label="Summary of the day"
            checked={email.dailySummary}
            disabled={!mayChange}
            onChange={(dailySummary) => save.mutate({ email: { dailySummary } })}
          />
          <Toggle
            label="Summary of the week"
            about="On Mondays."
            checked={email.weeklySummary}
            disabled={!mayChange}
            onChange={(weeklySummary) => save.mutate({ email: { weeklySummary } })}
          />
        </Rows>
      </Panel>
      <Panel title="To the business by SMS">
        <Rows>
          <Toggle
            label="Urgent leads only"
            about="Others reach you by the other channels."
            checked={sms.urgentOnly}
            disabled={!mayChange}
            onChange={(urgentOnly) => save.mutate({ sms: { urgentOnly } })}
          />
        </Rows>
      </Panel>
      <p className="flex items-center gap-2 px-1 text-s text-soft">
        <MoonStar className="size-4 shrink-0" /> Quiet hours, and who is told next when nobody answers, will stand here.
      </p>
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
