import { basename } from 'node:path';
import type { MeasuredRun } from './measured-usage';
import type { Invocation } from './observed';
import { REQUEST_LATENCY_MS } from './steady-streams';
import { addUsage, type Usage } from './usage';

/**
 * CPU time on a whole vCPU, in milliseconds: the most that a consumer needs for a record with the requests of the SDK (area `consumers` of the benchmark),
 * the same again for an invocation, and for a megabyte of a file.
 */
const CPU_MS = { record: 0.7, invocation: 0.7, megabyte: 30 };
/** A function with so much memory has a whole vCPU. */
const VCPU_MEMORY = 1769;
const DEFAULT_MEMORY = 128;

/** How the duration of invocations is estimated. */
export const DURATION_MODEL = [
  `${REQUEST_LATENCY_MS} ms for each request to AWS that a function waits for,`,
  `and CPU time: ${CPU_MS.invocation} ms for an invocation, ${CPU_MS.record} ms for a record and ${CPU_MS.megabyte} ms for a MB of a file, times 1769 MB / memory.`,
  'Cold starts are not included.',
].join(' ');

/** Invocations and their billed duration, which is rounded up to a millisecond. */
export function lambdaUsage({ pipeline: { template }, observed: { invocations, calls }, workload }: MeasuredRun): Usage {
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const usages = functions.map(({ Properties: { MemorySize = DEFAULT_MEMORY, Architectures = ['x86_64'] }, Metadata }): Usage => {
    const name = basename(Metadata?.['aws:asset:path'] ?? '');
    const own = invocations.filter(({ functionName }) => functionName === name);
    const readsFile = calls.some(({ functionName, operation }) => functionName === name && operation === 'GetObject');
    const megabytes = readsFile ? (workload.orders * workload.orderBytes) / 1e6 : 0;
    const share = Math.min(1, MemorySize / VCPU_MEMORY);
    const milliseconds = own.reduce((sum, invocation) => sum + durationOf(invocation, share), 0) + (megabytes * CPU_MS.megabyte) / share;
    const seconds = ((milliseconds / 1000) * MemorySize) / 1024;
    return { lambdaRequests: own.length, [Architectures[0] === 'arm64' ? 'lambdaArmGbSeconds' : 'lambdaX86GbSeconds']: seconds };
  });
  return addUsage(...usages);
}

const durationOf = ({ event, milliseconds }: Invocation, share: number): number =>
  Math.ceil(milliseconds + (CPU_MS.invocation + CPU_MS.record * (event.Records?.length ?? 1)) / share);
