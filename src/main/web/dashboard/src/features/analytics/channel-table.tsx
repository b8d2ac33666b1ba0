import { Panel } from "@/components/ui/page";
import { type Figures, texts } from "@/features/analytics/texts";
import { useChannelName } from "@/lib/channels";
import { number, percent } from "@/lib/format";

/** Of what was owed by each channel, how much arrived. */
export function ChannelTable({ channels }: { channels: Figures["channels"] }) {
  const nameOf = useChannelName();
  return (
    <Panel title={texts.channels}>
      <ul className="grid gap-4 p-4">
        {channels.length === 0 && <li className="text-s text-soft">{texts.noDeliveries}</li>}
        {channels.map(({ channel, accepted, waiting, sent, delivered, failed, successRate }) => (
          <li key={channel} className="grid gap-1.5 text-s">
            <span className="flex flex-wrap justify-between gap-x-4">
              <span className="font-medium">{nameOf(channel)}</span>
              <span className="tabular">
                {successRate === null ? "–" : percent(successRate)}{" "}
                <span className="text-soft">of {number(accepted)}</span>
              </span>
            </span>
            <span aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-sunken">
              <span className="bg-accent" style={{ width: share(delivered + sent, accepted) }} />
              <span className="bg-warn" style={{ width: share(waiting, accepted) }} />
              <span className="bg-danger" style={{ width: share(failed, accepted) }} />
            </span>
            <span className="text-xs text-soft tabular">
              {number(delivered)} delivered, {number(sent)} sent
              {waiting > 0 && `, ${number(waiting)} waiting`}
              {failed > 0 && `, ${number(failed)} failed`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? "0" : `${(100 * part) / whole}%`;
}
