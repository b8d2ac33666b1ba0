-- Assigns the next new leads of a business, and passes on leads whose member has not acted in time. Gives 0 when there are no more.
select messaging.assign_new_leads(cast(:#${variable.business} as uuid), cast(:#${bean:now?method=moment} as timestamptz))
  + messaging.reassign_leads(cast(:#${variable.business} as uuid), cast(:#${bean:now?method=moment} as timestamptz)) as assigned
