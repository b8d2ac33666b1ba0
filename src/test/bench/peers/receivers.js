// How each of these programs calls the two receivers: on kept connections, webhooks signed.
import { createHmac } from 'node:crypto';
import { Pool as HttpPool } from 'undici';

const { WEBHOOK_URL, SMS_URL } = process.env;
const CONNECTIONS = 128;

const postWebhook = endpoint(WEBHOOK_URL);
const postSms = endpoint(SMS_URL);

export const send = {
  webhook: (lead) => postWebhook(lead, signature(lead)),
  sms: (lead) => postSms({ messages: [{
    to: '+61491570156', from: 'SHARED_NUMBER', body: `Call back ${lead.contactName} on ${lead.contactPhone}`, reference: lead.id }] }, {}),
};

function signature(lead) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signed = createHmac('sha256', 'secret').update(`${lead.id}.${timestamp}.${JSON.stringify(lead)}`).digest('base64');
  return { 'webhook-id': lead.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

function endpoint(address) {
  const url = new URL(address);
  const pool = new HttpPool(url.origin, { connections: CONNECTIONS });
  return async (body, headers) => {
    const answer = await pool.request({ path: url.pathname, method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers } });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`HTTP ${answer.statusCode}`);
  };
}
