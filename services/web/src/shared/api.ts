/** The one place that talks to the services: time limits, retries of reads, RFC 9457 problems. */

export interface FieldProblem {
  pointer: string;
  detail: string;
  /** Of a line of a table: what is wrong with it. */
  code?: string;
}

export interface Problem {
  /** The last part of `urn:shanhai:problem:<code>`. */
  code: string;
  status: number;
  title: string;
  detail: string;
  errors: FieldProblem[];
  retry_after_seconds: number | null;
  /** Of a table: how many of its lines are at fault. */
  bad_lines?: number;
}

export type Failure = 'offline' | 'timeout' | 'refused';

/** Why a request has no good answer: nobody was reached, nobody answered in time, or a problem came back. */
export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly problem: Problem | null = null,
  ) {
    super(problem ? `${problem.status} ${problem.code}` : failure);
    this.name = 'ApiError';
  }
  get code(): string {
    return this.problem?.code ?? this.failure;
  }
  /** The same request may succeed a little later. */
  get passing(): boolean {
    return this.problem === null || [429, 502, 503, 504].includes(this.problem.status);
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  body?: unknown;
  /** Bytes in the place of a JSON body, and what they are called. */
  bytes?: { content: Blob; type: string };
  headers?: Record<string, string>;
  time_limit_ms?: number;
  /** Whether the answer is a picture or a file, not text. */
  binary?: boolean;
  /** Nobody waits for the answer any more. What can be cancelled so is asked for once. */
  signal?: AbortSignal;
}

const read_attempts = 3;
const first_pause_ms = 400;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A problem document as we use it; anything else that came with an error status becomes one as well. */
export function problemFrom(status: number, body: unknown, retry_after: string | null): Problem {
  const members = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const errors = Array.isArray(members.errors) ? members.errors : [];
  const type = textOf(members.type);
  const seconds = Number(retry_after);
  return {
    code: type.startsWith('urn:shanhai:problem:') ? type.slice('urn:shanhai:problem:'.length) : `http-${status}`,
    status,
    title: textOf(members.title),
    detail: textOf(members.detail),
    errors: errors.map((error) => ({ pointer: textOf(error?.pointer), detail: textOf(error?.detail), ...(error?.code && { code: textOf(error.code) }) })),
    retry_after_seconds: retry_after !== null && Number.isFinite(seconds) ? seconds : null,
    ...(typeof members.bad_lines === 'number' && { bad_lines: members.bad_lines }),
  };
}

interface Early {
  path: string;
  answer: Promise<Response>;
}

/** The answer to a question that `early.js` asked while the program was on its way; good once. */
function takeEarly(path: string): Promise<Response> | null {
  const holder = globalThis as { shanhai_early?: Early };
  if (holder.shanhai_early?.path !== path) return null;
  const { answer } = holder.shanhai_early;
  delete holder.shanhai_early;
  return answer;
}

/** The same answer, or a failure once the signal is given: the early question has no limit of its own. */
function unlessAborted(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

async function once(path: string, options: RequestOptions): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), options.time_limit_ms ?? 12_000);
  const cancel = (): void => controller.abort();
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener('abort', cancel);
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.bytes) headers['Content-Type'] = options.bytes.type;
  else if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const early = (options.method ?? 'GET') === 'GET' ? takeEarly(path) : null;
    const response = await (early ? unlessAborted(early, controller.signal) : fetch(path, {
      method: options.method ?? 'GET',
      headers,
      body: options.bytes?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: controller.signal,
      credentials: 'omit',
    }));
    // The limit also covers the body: read it before the timer goes.
    const content = options.binary && response.ok ? await response.blob() : await response.text();
    if (response.ok) {
      const tag = response.headers.get('ETag');
      return new Response(content, { status: 200, headers: tag === null ? {} : { ETag: tag } });
    }
    let body: unknown = null;
    try {
      body = JSON.parse(content as string);
    } catch {
      body = null; // A proxy's error page: the status alone has to do.
    }
    throw new ApiError('refused', problemFrom(response.status, body, response.headers.get('Retry-After')));
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(controller.signal.aborted ? 'timeout' : 'offline');
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Reads are repeated when the way there failed; writes never: their callers know whether they may. */
async function send(path: string, options: RequestOptions): Promise<Response> {
  const attempts = (options.method ?? 'GET') === 'GET' && !options.signal ? read_attempts : 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(path, options);
    } catch (error) {
      if (attempt === attempts || !(error instanceof ApiError) || !error.passing) throw error;
      const asked_ms = (error.problem?.retry_after_seconds ?? 0) * 1000;
      await pause(Math.min(Math.max(asked_ms, first_pause_ms * 2 ** (attempt - 1)), 5_000));
    }
  }
}

/** The JSON answer; throws ApiError. */
export async function json<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

export interface Tagged<T> {
  value: T;
  /** Which version this is, for If-Match; null when the answer names none. */
  tag: string | null;
}

/** The JSON answer with its version; throws ApiError. */
export async function tagged<T>(path: string, options: RequestOptions = {}): Promise<Tagged<T>> {
  const response = await send(path, options);
  const text = await response.text();
  return { value: (text === '' ? null : JSON.parse(text)) as T, tag: response.headers.get('ETag') };
}

/** The answer as a file; throws ApiError. */
export async function file(path: string, options: RequestOptions = {}): Promise<Blob> {
  return (await send(path, { ...options, binary: true })).blob();
}

/** The answer as text (checkpoints and keys); throws ApiError. */
export async function text(path: string, options: RequestOptions = {}): Promise<string> {
  return (await send(path, { ...options, headers: { Accept: 'text/plain', ...options.headers } })).text();
}

/** Whatever was thrown, as an ApiError. */
export function apiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('refused', problemFrom(0, null, null));
}

/** "/v1/products?county=530624" without the parameters that have no value. */
export function withQuery(path: string, parameters: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text_of_query = query.toString();
  return text_of_query === '' ? path : `${path}?${text_of_query}`;
}
