import type { AnnouncementContext, OutcomeContext } from '#shared';
import { alertPublisher } from './alert-topic';
import { eventPublisher, type PublisherEnv } from './event-bus';
import { countFileOutcomes, listRejectedOrders, outcomeStore } from './file-outcomes-table';
import { getFile, updateFile } from './files-table';

/** The environment of handlers that announce the outcomes of files. */
interface AnnouncementEnv extends PublisherEnv {
  readonly FILES_TABLE_NAME: string;
  readonly ALERT_TOPIC_ARN: string;
}

/** Creates the dependencies of the announcement of a file's outcomes. */
export const announcementContext = (env: AnnouncementEnv): AnnouncementContext => ({
  table: env.FILES_TABLE_NAME,
  updateFile,
  countOutcomes: (fileId) => countFileOutcomes(env.FILES_TABLE_NAME, fileId),
  firstRejections: async (fileId, limit) => (await listRejectedOrders(env.FILES_TABLE_NAME, fileId, limit)).orders,
  publish: eventPublisher(env),
  publishAlert: alertPublisher(env.ALERT_TOPIC_ARN),
});

/** Creates the dependencies of the recording of outcomes. */
export const outcomeContext = (env: AnnouncementEnv): OutcomeContext => ({
  ...announcementContext(env),
  store: outcomeStore(env.FILES_TABLE_NAME),
  getFile: (fileId) => getFile(env.FILES_TABLE_NAME, fileId),
});
