// What many would build instead: a lead and its jobs in one transaction, and workers that make the calls. Written to be fast:
// jobs go in by one statement, workers take batches and are woken after each commit, connections are kept.
import pg from 'pg';
import PgBoss from 'pg-boss';
import { TABLE, takeLeads } from './intake.js';
import { send } from './receivers.js';

const { DATABASE_URL } = process.env;
const BATCH = 64;
const WORKERS = 4;

const database = new pg.Pool({ connectionString: DATABASE_URL, max: 16 });
await database.query(TABLE);
const boss = new PgBoss({ connectionString: DATABASE_URL, max: 16 });
boss.on('error', console.error);
await boss.start();
for (const queue of ['webhook', 'sms', 'waiting-webhook', 'waiting-sms']) await boss.createQueue(queue);

const workers = [];
for (let i = 0; i < WORKERS; i++) {
  for (const channel of ['webhook', 'sms']) {
    workers.push(await boss.work(channel, { batchSize: BATCH, pollingIntervalSeconds: 0.5 },
      (jobs) => Promise.all(jobs.map((job) => send[channel](job.data)))));
  }
}
let turn = 0;

await takeLeads(async (lead, isWaiting) => {
  const prefix = isWaiting ? 'waiting-' : '';
  await transaction(async (client) => {
    await client.query({ name: 'store', text: 'insert into messages (id, funnel, name, phone, email, message) values ($1, $2, $3, $4, $5, $6)',
      values: [lead.id, lead.funnelId, lead.contactName, lead.contactPhone, lead.contactEmail, lead.message] });
    await boss.insert([{ name: `${prefix}webhook`, data: lead }, { name: `${prefix}sms`, data: lead }],
      { db: { executeSql: (text, values) => client.query(text, values) } });
  });
  if (!isWaiting) {
    // One webhook worker and one SMS worker, each in its turn.
    const pair = 2 * (turn++ % WORKERS);
    boss.notifyWorker(workers[pair]);
    boss.notifyWorker(workers[pair + 1]);
  }
});

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
