// The fastest that a good engineer writes by hand: a transactional outbox without a queue library. A lead and its two outbox rows go in by
// one prepared statement. Dispatchers claim due rows in batches under a lease of a minute, make the calls at once and complete them in one
// statement; what failed comes back with exponential backoff, eight times at most. They are woken in the process, and poll besides.
import pg from 'pg';
import { INSERT, TABLE, takeLeads, valuesOf } from './intake.js';
import { send } from './receivers.js';

const { DATABASE_URL } = process.env;
const BATCH = 200;
const DISPATCHERS = 2;

const intake = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
const outbox = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
await intake.query(TABLE);
await intake.query(`create table if not exists outbox (
  id bigint generated always as identity primary key, message_id uuid not null references messages (id), channel text not null,
  state text not null default 'pending', attempts int not null default 0, next_attempt_at timestamptz not null default now(),
  delivered_at timestamptz, last_error text)`);
await intake.query(`create index if not exists outbox_due on outbox (next_attempt_at) where state = 'pending'`);
await intake.query('create index if not exists outbox_message on outbox (message_id)');

const STORE = {
  name: 'store',
  text: `with stored as (${INSERT} returning id)
  insert into outbox (message_id, channel, state) select stored.id, channel, $11 from stored, unnest($10::text[]) channel`,
};
const CLAIM = {
  name: 'claim',
  text: `with due as (
    select id from outbox where state = 'pending' and next_attempt_at <= now() order by next_attempt_at limit ${BATCH} for update skip locked)
  update outbox o set attempts = o.attempts + 1, next_attempt_at = now() + interval '60 seconds'
  from due, messages m where o.id = due.id and m.id = o.message_id
  returning o.id as "outboxId", o.channel, m.id, m.funnel_id as "funnelId", m.contact_name as "contactName", m.contact_phone as "contactPhone",
    m.contact_email as "contactEmail", m.subject, m.message, m.priority, m.metadata`,
};
const DONE = { name: 'done', text: `update outbox set state = 'delivered', delivered_at = now() where id = any($1::bigint[])` };
const AGAIN = {
  name: 'again',
  text: `update outbox set state = case when attempts >= 8 then 'failed' else 'pending' end, last_error = $2,
    next_attempt_at = now() + interval '1 second' * power(2, attempts) where id = $1`,
};

const sleepers = [];
for (let i = 0; i < DISPATCHERS; i++) dispatch();

await takeLeads(async (lead, isWaiting) => {
  await intake.query({ ...STORE, values: [...valuesOf(lead), ['webhook', 'sms'], isWaiting ? 'waiting' : 'pending'] });
  if (!isWaiting) sleepers.shift()?.();
});

async function dispatch() {
  for (;;) {
    let claimed = 0;
    try {
      const { rows } = await outbox.query(CLAIM);
      claimed = rows.length;
      const results = await Promise.allSettled(rows.map(({ outboxId, channel, ...lead }) => send[channel](lead)));
      const done = rows.filter((_, i) => results[i].status === 'fulfilled').map((row) => row.outboxId);
      if (done.length) await outbox.query({ ...DONE, values: [done] });
      for (const [i, result] of results.entries()) {
        if (result.status === 'rejected') await outbox.query({ ...AGAIN, values: [rows[i].outboxId, String(result.reason)] });
      }
    } catch (failure) {
      console.error(failure);
      await sleep(1000);
    }
    if (claimed === 0) await sleep(500);
  }
}

function sleep(millis) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      const place = sleepers.indexOf(wake);
      if (place >= 0) sleepers.splice(place, 1);
      resolve();
    };
    const timer = setTimeout(wake, millis);
    sleepers.push(wake);
  });
}
