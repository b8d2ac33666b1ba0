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
    message: { type: 'string', maxLength: 2000 },
  },
};

export const TABLE = `create table if not exists messages (
  id uuid primary key, funnel text not null, name text not null, phone text, email text, message text,
  created_at timestamptz not null default now())`;

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
