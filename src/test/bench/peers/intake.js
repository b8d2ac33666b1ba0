// How each of these programs takes a lead: checks it, has it stored, answers.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';

const LEAD = {
  type: 'object',
  required: ['funnelId', 'contactName'],
  additionalProperties: false,
  properties: {
    funnelId: { type: 'string' },
    contactName: { type: 'string', minLength: 1, maxLength: 100 },
    contactPhone: { type: 'string', maxLength: 40 },
    contactEmail: { type: 'string', maxLength: 254, format: 'email' },
    subject: { type: 'string', maxLength: 200 },
    message: { type: 'string', maxLength: 2000 },
    priority: { enum: ['low', 'medium', 'high', 'urgent'], default: 'medium' },
    metadata: { type: 'object', default: {} },
  },
};

export const TABLE = `create table if not exists messages (
  id uuid primary key, funnel_id text not null, contact_name text not null, contact_phone text, contact_email text, subject text, message text,
  priority text not null, status text not null default 'unread', metadata jsonb not null, created_at timestamptz not null default now(),
  updated_at timestamptz not null default now());
create index if not exists messages_of_funnel on messages (funnel_id, created_at desc)`;

export const INSERT = `insert into messages (id, funnel_id, contact_name, contact_phone, contact_email, subject, message, priority, metadata)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

export const valuesOf = (lead) => [lead.id, lead.funnelId, lead.contactName, lead.contactPhone, lead.contactEmail, lead.subject, lead.message,
  lead.priority, lead.metadata];

// store(lead, isWaiting): keeps the lead with its two deliveries; nobody sends those of a lead that is waiting.
export async function takeLeads(store) {
  const app = Fastify();
  app.post('/api/messages', { schema: { body: LEAD } }, async (request, reply) => {
    const lead = { id: randomUUID(), ...request.body };
    await store(lead, lead.funnelId === 'waiting');
    reply.code(202).send({ id: lead.id, status: 'unread' });
  });
  await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}
