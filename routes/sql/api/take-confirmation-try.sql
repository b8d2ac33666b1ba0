-- Uses up one try of the code that waits for an address of the caller's channel or of a member. In a commit of its own: a wrong code
-- rolls the operation back, and the try must count all the same.
select c.id, c.address, c.tries_left, c.state
from messaging.try_confirmation(cast(:#${variable.caller.businessId} as uuid), cast(nullif(:#${variable.confirmedMember}, '') as uuid),
  :#${variable.channelType}, cast(:#${bean:now?method=moment} as timestamptz)) c
