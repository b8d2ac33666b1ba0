// How each of these programs calls the two receivers: on kept connections, webhooks signed.
import { createHmac } from 'node:crypto';
import { Agent } from 'undici';

const { WEBHOOK_URL, SMS_URL, CONNECTIONS } = process.env;
const SMS = new URL(SMS_URL);
const WEBHOOK = new URL(WEBHOOK_URL);
const agent = new Agent({ connections: Number(CONNECTIONS), pipelining: 1, headersTimeout: 10_000, bodyTimeout: 10_000 });

export const send = {
  webhook: (lead) => post(WEBHOOK, lead, signature(lead)),
  sms: (lead) => post(SMS, { messages: [{
    to: '+61491570156', from: 'SHARED_NUMBER', body: `Call back ${lead.contactName} on ${lead.contactPhone}`, reference: lead.id }] }, {}),
};

function signature(lead) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signed = createHmac('sha256', 'secret').update(`${lead.id}.${timestamp}.${JSON.stringify(lead)}`).digest('base64');
  return { 'webhook-id': lead.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

async function post({ origin, pathname }, body, headers) {
  const answer = await agent.request({ origin, path: pathname, method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers } });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`HTTP ${answer.statusCode}`);
}
