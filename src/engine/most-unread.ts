/** What a client may leave unread before it is cut off, in bytes: twice what one call can bring about, ten thousand steps. */
export const mostUnread = 8_388_608;
