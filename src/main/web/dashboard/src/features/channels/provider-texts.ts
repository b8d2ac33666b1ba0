/** Apart from the texts of the channels' page, which is loaded when somebody goes there. */
export const delayed = (channel: string, providers: number, since: string) =>
  `${channel} is delayed: ${providers === 1 ? "the provider has" : "its providers have"} not accepted messages since ${since}. The service keeps trying.`;
