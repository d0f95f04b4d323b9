export function refusalsOf(operation_ids: readonly string[]): Map<string, { status: number; code: string }[]>;
