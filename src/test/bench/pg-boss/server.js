// What many would build instead: a lead and its jobs in one transaction, and workers that make the calls. Written to be fast:
// jobs go in by one statement, workers take batches and are woken after each commit, connections are kept.
import { createHmac, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import PgBoss from 'pg-boss';
import { Pool as HttpPool } from 'undici';

const { DATABASE_URL, PORT, WEBHOOK_URL, SMS_URL } = process.env;
const BATCH = 64;
const WORKERS = 4;

const database = new pg.Pool({ connectionString: DATABASE_URL, max: 16 });
await database.query(`create table if not exists messages (
  id uuid primary key, funnel text not null, name text not null, phone text, email text, message text,
  created_at timestamptz not null default now())`);
const boss = new PgBoss({ connectionString: DATABASE_URL, max: 16 });
boss.on('error', console.error);
await boss.start();
for (const queue of ['webhook', 'sms', 'waiting-webhook', 'waiting-sms']) await boss.createQueue(queue);

const webhook = endpoint(WEBHOOK_URL);
const sms = endpoint(SMS_URL);
const workers = [];
for (let i = 0; i < WORKERS; i++) {
  workers.push(await boss.work('webhook', options(), each((lead) => webhook(lead, signature(lead)))));
  workers.push(await boss.work('sms', options(), each((lead) => sms({ messages: [{
    to: '+61491570156', from: 'SHARED_NUMBER', body: `Call back ${lead.contactName} on ${lead.contactPhone}`, reference: lead.id }] }, {}))));
}
let turn = 0;

const app = Fastify();
app.post('/api/messages', { schema: { body: {
  type: 'object',
  required: ['funnelId', 'contactName'],
  additionalProperties: false,
  properties: {
    funnelId: { type: 'string' },
    contactName: { type: 'string', minLength: 1, maxLength: 100 },
    contactPhone: { type: 'string', maxLength: 40 },
    contactEmail: { type: 'string', maxLength: 254, format: 'email' },
    message: { type: 'string', maxLength: 2000 },
  },
} } }, async (request, reply) => {
  const lead = { id: randomUUID(), ...request.body };
  const waiting = lead.funnelId === 'waiting' ? 'waiting-' : '';
  await transaction(async (client) => {
    await client.query({ name: 'store', text: 'insert into messages (id, funnel, name, phone, email, message) values ($1, $2, $3, $4, $5, $6)',
      values: [lead.id, lead.funnelId, lead.contactName, lead.contactPhone, lead.contactEmail, lead.message] });
    await boss.insert([{ name: `${waiting}webhook`, data: lead }, { name: `${waiting}sms`, data: lead }],
      { db: { executeSql: (text, values) => client.query(text, values) } });
  });
  if (!waiting) {
    // One webhook worker and one SMS worker, each in its turn.
    const pair = 2 * (turn++ % WORKERS);
    boss.notifyWorker(workers[pair]);
    boss.notifyWorker(workers[pair + 1]);
  }
  reply.code(202).send({ id: lead.id, status: 'unread' });
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });

async function transaction(work) {
  const client = await database.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (failure) {
    await client.query('rollback');
    throw failure;
  } finally {
    client.release();
  }
}

function options() {
  return { batchSize: BATCH, pollingIntervalSeconds: 0.5 };
}

function each(deliver) {
  return (jobs) => Promise.all(jobs.map((job) => deliver(job.data)));
}

function signature(lead) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signed = createHmac('sha256', 'secret').update(`${lead.id}.${timestamp}.${JSON.stringify(lead)}`).digest('base64');
  return { 'webhook-id': lead.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

function endpoint(address) {
  const url = new URL(address);
  const pool = new HttpPool(url.origin, { connections: 2 * BATCH });
  return async (body, headers) => {
    const answer = await pool.request({ path: url.pathname, method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers } });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`HTTP ${answer.statusCode}`);
  };
}
