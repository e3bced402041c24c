/** What the service knows about one model. */
export interface ModelRecord {
  readonly name: string;
  readonly provider: 'ollama' | 'huggingface';
  readonly sizeBytes: number | null;
  readonly family: string;
  readonly quantization: string | null;
  readonly contextLength: number;
  readonly capabilities: readonly string[];
}

export interface Operation {
  readonly id: string;
  readonly kind: 'install';
  readonly model: string;
  status: 'pending' | 'running' | 'completed' | 'failed';
  progress: string[];
  error: string | undefined;
}
