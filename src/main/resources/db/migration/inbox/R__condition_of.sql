-- The SQL condition of a filter of leads, where $1 is the filter, $2 the business and $3 the person. Values of callers stay
-- parameters or are quoted by format(). Without by_index the text itself is searched: faster when few rows are left.
-- Runs: called by find_messages() and count_messages().

create or replace function messaging.condition_of(filter jsonb, by_index boolean default true) returns text language plpgsql stable set search_path = '' as $$
declare
  condition text := 'm.business_id = $2';
  search text := messaging.folded(filter ->> 'q');
  number text := messaging.dialled(btrim(search));
  word text;
  pieces tsquery;
  texts text;
begin
  condition := condition || case when filter ->> 'quarantined' = 'true'
    then ' and m.quarantined_at is not null' || case when filter ? 'status' then '' else $c$ and m.status <> 'archived'$c$ end
    else ' and m.quarantined_at is null' end;
  if filter ? 'status' then
    condition := condition || format(' and m.status = any (%L::text[])', messaging.several(filter -> 'status'));
  end if;
  if filter ? 'priority' then
    condition := condition || format(' and m.priority = any (%L::text[])', messaging.several(filter -> 'priority'));
  end if;
  if filter ? 'type' then
    condition := condition || format(' and m.type = %L', filter ->> 'type');
  end if;
  if filter ? 'funnel' then
    condition := condition || $c$ and m.funnel_id = ($1 ->> 'funnel')::uuid$c$;
  end if;
  if filter ? 'from' then
    condition := condition || $c$ and m.created_at >= ($1 ->> 'from')::timestamptz$c$;
  end if;
  if filter ? 'to' then
    condition := condition || $c$ and m.created_at < ($1 ->> 'to')::timestamptz$c$;
  end if;
  if filter ? 'assignee' then
    condition := condition || case filter ->> 'assignee'
      when 'nobody' then ' and m.assigned_to is null'
      when 'me' then ' and m.assigned_to = $3'
      else $c$ and m.assigned_to = ($1 ->> 'assignee')::uuid$c$ end;
  end if;
  if filter ? 'outcome' then
    condition := condition || case filter ->> 'outcome' when 'none' then ' and m.call_outcome is null'
      else format(' and m.call_outcome = %L', filter ->> 'outcome') end;
  end if;
  if filter ? 'sla' then
    condition := condition || $c$ and messaging.lead_sla(m.acknowledged_at, m.archived_at, m.due_at, ($1 ->> 'now')::timestamptz) = $1 ->> 'sla'$c$;
  end if;
  if filter ? 'source' then
    condition := condition || $c$ and messaging.lead_source(m.metadata, 'utm_source') = lower(btrim($1 ->> 'source'))$c$;
  end if;
  if filter ? 'campaign' then
    condition := condition || $c$ and messaging.lead_source(m.metadata, 'utm_campaign') = lower(btrim($1 ->> 'campaign'))$c$;
  end if;
  if filter ? 'tag' then
    condition := condition || $c$ and m.tags <> '{}' and m.tags @> messaging.several(lower(($1 -> 'tag')::text)::jsonb)$c$;
  end if;
  if filter ->> 'overdue' = 'true' then
    condition := condition || $c$ and m.status in ('unread', 'read') and m.due_at < ($1 ->> 'now')::timestamptz$c$;
  end if;
  if filter ? 'delivery' then
    -- What has failed is found by an index of its own; nearly all others have what is not a failure.
    condition := condition || format(
      case when filter ->> 'delivery' in ('held', 'failed', 'unknown', 'cancelled') then ' and m.id = any (array(%s))' else ' and m.id in (%s)' end,
      format($c$select d.message_id from messaging.deliveries d where d.business_id = $2 and d.state = %L and d.message_id is not null$c$,
        filter ->> 'delivery'));
  end if;
  for word in select w from unnest(regexp_split_to_array(btrim(search), '\s+')) w where w <> '' limit 8 loop
    pieces := case when pieces is null then messaging.pieces_of_any(messaging.forms_of(word)) else pieces && messaging.pieces_of_any(messaging.forms_of(word)) end;
    texts := concat_ws(' and ', texts, (
      select '(' || string_agg(format('strpos(m.found_by, %L) > 0', form), ' or ') || ')' from unnest(messaging.forms_of(word)) form));
  end loop;
  if number <> '' then
    pieces := pieces || messaging.pieces_of(number);
    texts := format('(%s or strpos(m.found_by, %L) > 0)', texts, number);
  end if;
  -- Of nothing but zeros nobody can tell yet where they lead.
  if texts is not null and number is distinct from '' then
    condition := condition || case when by_index then format(' and messaging.pieces(m.found_by) @@ %L::tsquery', pieces) else '' end || ' and ' || texts;
  end if;
  return condition;
end $$;

revoke all on function messaging.condition_of(jsonb, boolean) from public, anon, authenticated;
grant execute on function messaging.condition_of(jsonb, boolean) to messaging_worker;
