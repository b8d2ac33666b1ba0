import { useQuery } from "@tanstack/react-query";

import { Panel } from "@/components/ui/page";
import { Switch } from "@/components/ui/switch";
import { texts } from "@/features/notifications/texts";
import { devicesQuery } from "@/features/push";
import type { Preferences, PreferencesChange } from "@/leads/preferences";
import { channelsQuery } from "@/lib/channels";

type Personal = Preferences["personal"];
type Way = keyof Personal["events"]["assigned"];

/** The events that notify members today; a switch of another would do nothing. */
const EVENTS = [
  "new_lead",
  "assigned",
  "escalated",
  "reminder",
  "overdue",
] as const satisfies readonly (keyof Personal["events"])[];

const WAYS: readonly Way[] = ["email", "sms", "push"];

/** What the person is notified of at their own address, number and devices: a row per event, a switch per channel. */
export function MyNotifications({
  personal,
  hasNumber,
  onChange,
}: {
  personal: Personal;
  hasNumber: boolean;
  onChange: (change: PreferencesChange) => void;
}) {
  const channels = useQuery(channelsQuery());
  const hasDevice = Boolean(useQuery(devicesQuery()).data?.devices.length);
  const served = WAYS.filter(
    (way) => way === "push" || channels.data?.some(({ type, isServed }) => type === way && isServed),
  );
  const isOff = (way: Way) => (way === "sms" && !hasNumber) || (way === "push" && !hasDevice);
  return (
    <Panel title={texts.toMe}>
      <div className="divide-y divide-line">
        {EVENTS.map((event) => (
          <fieldset key={event} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
            <legend className="sr-only">{texts.events[event]}</legend>
            <div className="min-w-0 flex-1 basis-56">
              <p aria-hidden className="text-s font-medium">
                {texts.events[event]}
              </p>
              <p className="text-s text-soft">{texts.eventsAbout[event]}</p>
            </div>
            <div className="flex flex-wrap gap-x-5">
              {served.map((way) => (
                <label key={way} className="flex min-h-11 items-center gap-2 text-s">
                  <span>{texts.ways[way]}</span>
                  <Switch
                    aria-label={texts.eventBy(event, way)}
                    checked={personal.events[event][way] && !isOff(way)}
                    disabled={isOff(way)}
                    onCheckedChange={(on) => onChange({ personal: { events: { [event]: { [way]: on } } } })}
                  />
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        {!hasNumber && served.includes("sms") && <p className="px-4 py-3 text-s text-soft">{texts.smsNeedsNumber}</p>}
        {!hasDevice && <p className="px-4 py-3 text-s text-soft">{texts.pushNeedsDevice}</p>}
        {hasNumber && (
          <label className="flex min-h-14 items-center gap-4 px-4 py-3">
            <span className="min-w-0 flex-1">
              <span className="block text-s font-medium">{texts.mySmsUrgentOnly}</span>
              <span className="block text-s text-soft">{texts.mySmsUrgentOnlyAbout}</span>
            </span>
            <Switch
              aria-label={texts.mySmsUrgentOnly}
              checked={personal.smsUrgentOnly}
              onCheckedChange={(smsUrgentOnly) => onChange({ personal: { smsUrgentOnly } })}
            />
          </label>
        )}
      </div>
    </Panel>
  );
}
