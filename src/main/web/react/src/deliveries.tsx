import type { components } from "../../client/src/index";
import { useMessaging } from "./messaging-provider";

type Delivery = components["schemas"]["Delivery"];

/** What tells the business of a lead, and how far it has come. */
export function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { words } = useMessaging();
  if (deliveries.length === 0) {
    return null;
  }
  return (
    <section aria-label={words.deliveries}>
      <h3>{words.deliveries}</h3>
      <ul className="cm-facts">
        {deliveries.map(({ id, channel, recipient, state, lastError }) => (
          <li key={id}>
            <span>
              {words.channels[channel] ?? channel} {recipient}
            </span>
            <span className={`cm-tag ${hasNotArrived(state) ? "cm-urgent" : "cm-calm"}`}>{words.states[state]}</span>
            {hasNotArrived(state) && lastError && <p>{lastError}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As far as anybody knows. */
function hasNotArrived(state: Delivery["state"]): boolean {
  return state === "failed" || state === "unknown";
}
