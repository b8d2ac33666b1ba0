import type { Channel, ProviderHealth } from "@/lib/channels";

/** A channel none of whose providers accepts anything, and since when. */
export interface DelayedChannel {
  readonly type: string;
  readonly label: string;
  readonly providers: number;
  readonly since: string;
}

/** The channels that a business has on and that nothing can be sent on; while one provider works, nothing is delayed. */
export function delayedChannels(
  channels: readonly Channel[],
  providers: readonly ProviderHealth[],
): readonly DelayedChannel[] {
  return channels
    .filter((each) => each.isEnabled)
    .flatMap(({ type, label }) => {
      const own = providers.filter((each) => each.channel === type);
      const since = own.flatMap((each) => (each.state === "down" && each.downSince ? [each.downSince] : []));
      // The last of them went down when the channel did.
      const last = since.sort().at(-1);
      return last !== undefined && since.length === own.length
        ? [{ type, label, providers: own.length, since: last }]
        : [];
    });
}
