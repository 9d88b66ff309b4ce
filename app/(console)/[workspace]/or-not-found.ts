import { notFound } from 'next/navigation';
import { AppError } from '@/lib/core/errors';

/** What a page is about. One that is not there, or out of reach, has no page. */
export async function orNotFound<Value>(read: Promise<Value>): Promise<Value> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
