/** The key whose shaft is an equals sign. */
export function LogoMark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="square"
      aria-hidden="true"
      className="flex-none"
    >
      <circle cx="7" cy="12" r="4.4" />
      <path d="M12.6 10.1H22M12.6 13.9H22M19 14v3.4" />
    </svg>
  );
}

export function Logo({ name = 'Keyledger' }: { name?: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-md font-semibold tracking-[-0.01em]">
      <LogoMark />
      <span>{name}</span>
    </span>
  );
}
