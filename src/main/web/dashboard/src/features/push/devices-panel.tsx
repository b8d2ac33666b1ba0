import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellRing, Trash2 } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { Switch } from "@/components/ui/switch";
import { devicesQuery } from "@/features/push/queries";
import { texts } from "@/features/push/texts";
import { answered, api, chosenBusiness, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { deviceLabel, pushSupport, subscribeToPush } from "@/lib/push";

type Devices = Awaited<ReturnType<NonNullable<ReturnType<typeof devicesQuery>["queryFn"]>>>;
type Device = Devices["devices"][number];

/** Which of the stored devices this browser is: the service does not show what would tell. */
const remembered = {
  key: () => `callback-push-device:${chosenBusiness() ?? ""}`,
  id: () => localStorage.getItem(remembered.key()),
};

/** Where the person is notified while the page is closed. */
export function DevicesPanel() {
  const devices = useQuery(devicesQuery());
  return (
    <Panel title={texts.title}>
      {devices.isPending ? (
        <Waiting rows={1} />
      ) : devices.isError ? (
        <Failed error={devices.error} retry={() => void devices.refetch()} />
      ) : (
        <div className="divide-y divide-line">
          <ThisDevice found={devices.data} />
          {devices.data.devices.length > 0 && (
            <ul aria-label={texts.devices} className="divide-y divide-line">
              {devices.data.devices.map((each) => (
                <DeviceRow key={each.id} device={each} isHere={each.id === remembered.id()} />
              ))}
            </ul>
          )}
        </div>
      )}
    </Panel>
  );
}

function ThisDevice({ found }: { found: Devices }) {
  const client = useQueryClient();
  const support = pushSupport();
  const here = found.isSubscribed ? found.devices.find(({ id }) => id === remembered.id()) : undefined;
  const change = useMutation({
    mutationFn: async (on: boolean) => (on ? add(found.publicKey) : here && remove(here)),
    onError: (error) => void notify({ title: wrong(error), tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery().queryKey }),
  });
  return (
    <label className="flex min-h-14 items-center gap-4 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block text-s font-medium">{texts.here}</span>
        <span className="block text-s text-soft">{support === "ready" ? texts.hereAbout : texts.unable[support]}</span>
      </span>
      <Switch
        aria-label={texts.here}
        checked={Boolean(here)}
        disabled={support !== "ready" || change.isPending}
        onCheckedChange={(on) => change.mutate(on)}
      />
    </label>
  );
}

function DeviceRow({ device, isHere }: { device: Device; isHere: boolean }) {
  const client = useQueryClient();
  const path = { params: { path: { id: device.id } } };
  const test = useMutation({
    mutationFn: () => answered(api.POST("/api/push-devices/{id}/test", path)),
    onSuccess: () => notify({ title: texts.queued, tone: "good" }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery().queryKey }),
  });
  const end = useMutation({
    mutationFn: () => remove(device),
    onSuccess: () => notify({ title: texts.removed(device.label) }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery().queryKey }),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex flex-wrap items-center gap-2 text-s font-medium">
          <span className="wrap-anywhere">{device.label}</span>
          {isHere && <Badge tone="good">{texts.thisDevice}</Badge>}
        </p>
        <p className="text-s text-soft">
          {device.lastAcceptedAt ? (
            <>
              {texts.last} <Moment at={device.lastAcceptedAt} />
            </>
          ) : (
            texts.never
          )}
        </p>
      </div>
      <div className="flex items-center gap-1">
        <Button disabled={test.isPending} aria-label={texts.testWho(device.label)} onClick={() => test.mutate()}>
          <BellRing /> {texts.test}
        </Button>
        <Button
          variant="quiet"
          size="icon"
          disabled={end.isPending}
          aria-label={texts.removeWho(device.label)}
          onClick={() => end.mutate()}
        >
          <Trash2 />
        </Button>
      </div>
    </li>
  );
}

/** What the browser did not do. */
class BrowserRefused extends Error {}

function wrong(error: Error): string {
  return error instanceof BrowserRefused ? error.message : reason(error);
}

async function add(publicKey: string): Promise<void> {
  const subscription = await subscribeToPush(publicKey).catch(() => {
    throw new BrowserRefused(texts.failed);
  });
  if (!subscription) {
    throw new BrowserRefused(texts.refused);
  }
  const { endpoint = "", keys: { p256dh = "", auth = "" } = {} } = subscription;
  const body = { label: deviceLabel(), endpoint, keys: { p256dh, auth } };
  const { id } = await answered(api.POST("/api/push-devices", { body }));
  localStorage.setItem(remembered.key(), id);
}

/** The browser keeps its subscription: it may serve another business. */
async function remove({ id }: Device): Promise<void> {
  await answered(api.DELETE("/api/push-devices/{id}", { params: { path: { id } } }));
}
