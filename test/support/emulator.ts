/** The emulator's control calls (interface.md) as verbs. */
export interface EmulatorControl {
  url: string;
  pay(whopCheckoutId: string, outcome?: 'paid' | 'failed' | 'pending', email?: string): Promise<{ id: string }>;
  setKyc(companyId: string, status: 'approved' | 'rejected' | 'needs_action' | 'pending'): Promise<void>;
  faults(faults: object): Promise<void>;
  state(): Promise<Record<string, unknown>>;
  webhooks(): Promise<{ data: { id: string; type: string; attempts: unknown[] }[] }>;
  redeliver(id: string): Promise<void>;
  call(method: string, path: string, body?: object): Promise<unknown>;
}

export function createEmulatorControl(url: string): EmulatorControl {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  return {
    url,
    call,
    pay: (id, outcome = 'paid', email) =>
      call('POST', `/control/checkouts/${id}/pay`, { outcome, email }) as Promise<{ id: string }>,
    setKyc: async (id, status) => void (await call('POST', `/control/companies/${id}/kyc`, { status })),
    faults: async (faults) => void (await call('PUT', '/control/faults', faults)),
    state: () => call('GET', '/control/state') as Promise<Record<string, unknown>>,
    webhooks: () => call('GET', '/control/webhooks') as ReturnType<EmulatorControl['webhooks']>,
    redeliver: async (id) => void (await call('POST', `/control/webhooks/${id}/redeliver`)),
  };
}
