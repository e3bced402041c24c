import type { ModelRecord } from '../registry/records';
import type { ServiceStatus } from '../runtime/runtime-controller';
import { h } from './h';

export interface StatusPageProps {
  readonly models: readonly ModelRecord[];
  readonly services: readonly ServiceStatus[];
  readonly active: Readonly<Record<string, string>>;
  readonly locale?: string;
}

/** The page that operators open first: services, then models. */
export function StatusPage({ models, services, active, locale = 'en' }: StatusPageProps) {
  const running = services.filter((service) => service.running).length;
  return (
    <main>
      <h1>Models</h1>
      <p class={running === services.length ? 'ok' : 'warning'}>
        {running} of {services.length} services run
      </p>
      <ul>
        {services.map((service) => (
          <li>
            {service.name}: {service.running ? `pid ${service.pid}, ${service.memoryMb} MB` : 'stopped'}
            {service.error !== null && <strong>{service.error}</strong>}
          </li>
        ))}
      </ul>
      <table>
        {models.map((model) => (
          <ModelRow model={model} active={Object.values(active).includes(model.name)} locale={locale} />
        ))}
      </table>
      <InstallForm />
    </main>
  );
}

function ModelRow({ model, active, locale }: { model: ModelRecord; active: boolean; locale: string }) {
  return (
    <tr class={active ? 'active' : undefined}>
      <td>{model.name}</td>
      <td>{formatSize(model.sizeBytes, locale)}</td>
      <td>{model.capabilities.join(', ')}</td>
    </tr>
  );
}

function InstallForm() {
  return (
    <form method="post" action="/install">
      <input name="name" maxlength={100} required />
      <button>Install</button>
    </form>
  );
}

/** What the form says below its field, or null when the name can be sent. */
export function nameProblem(name: string): string | null {
  if (name.length === 0 || name.length > 100) return 'Type a name of at most 100 characters';
  if (!/^[\w\-.:]+$/.test(name)) return 'Use letters, digits and - . : _ only';
  return null;
}

function formatSize(bytes: number | null, locale: string): string {
  if (bytes === null) return 'unknown';
  const gigabytes = bytes / 1024 ** 3;
  let text = gigabytes.toFixed(1);
  try {
    text = gigabytes.toLocaleString(locale, { maximumFractionDigits: 1 });
  } catch {}
  return `${text} GB`;
}

export function renderStatusPage(props: StatusPageProps): string {
  return `<!doctype html>${(<StatusPage {...props} />).toString()}`;
}
