// What many would build instead: a lead and its jobs in one transaction, and a worker that makes the calls. Written to be fast: jobs go in by
// one statement, the worker takes batches and is woken after each commit and after each full batch. What failed comes back by itself.
import pg from 'pg';
import PgBoss from 'pg-boss';
import { INSERT, TABLE, takeLeads, valuesOf } from './intake.js';
import { send } from './receivers.js';

const { DATABASE_URL } = process.env;
const BATCH = 200;
const QUEUE = 'deliver';

const database = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
await database.query(TABLE);
const boss = new PgBoss({ connectionString: DATABASE_URL, max: 10 });
boss.on('error', console.error);
await boss.start();
const retries = { retryLimit: 8, retryDelay: 1, retryBackoff: true, expireInSeconds: 60 };
for (const name of [QUEUE, 'waiting']) await boss.createQueue(name, { name, policy: 'standard', ...retries });
const worker = await boss.work(QUEUE, { batchSize: BATCH, pollingIntervalSeconds: 0.5, priority: false }, deliver);

await takeLeads(async (lead, isWaiting) => {
  const jobs = ['webhook', 'sms'].map((channel) => ({ name: isWaiting ? 'waiting' : QUEUE, data: { channel, lead } }));
  await transaction(async (client) => {
    await client.query({ name: 'store', text: INSERT, values: valuesOf(lead) });
    await boss.insert(jobs, { db: { executeSql: (text, values) => client.query(text, values) } });
  });
  if (!isWaiting) boss.notifyWorker(worker);
});

async function deliver(jobs) {
  const results = await Promise.allSettled(jobs.map(({ data }) => send[data.channel](data.lead)));
  const failed = results.flatMap((result, i) => (result.status === 'rejected' ? [boss.fail(QUEUE, jobs[i].id, { message: String(result.reason) })] : []));
  await Promise.all(failed);
  if (jobs.length === BATCH) boss.notifyWorker(worker);
}

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
