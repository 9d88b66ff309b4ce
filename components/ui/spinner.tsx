import { joinClasses } from './class-names';

export function Spinner({ size = 14, className }: { size?: number; className?: string }) {
  return (
    <svg
      className={joinClasses('spinner flex-none', className)}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M21 12a9 9 0 1 1-6.2-8.6" />
    </svg>
  );
}
