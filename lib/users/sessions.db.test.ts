import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../core/call';
import { prisma } from '../server/db';
import { beginSession, type SignInPlace } from './commands/begin-session';
import { changePassword } from './commands/change-password';
import { createUser } from './commands/create-user';
import { endSession, leaveSession } from './commands/end-session';
import { endSessions } from './commands/end-sessions';
import { enterSession } from './commands/enter-session';
import { pruneSessions } from './commands/prune-sessions';
import { resetPassword } from './commands/reset-password';
import { setUserDisabled } from './commands/set-user-disabled';
import { listOwnSessions } from './queries';
import { SEEN_SECONDS, SESSION_SECONDS_MAX, SESSIONS_MAX } from './session';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const PASSWORD = 'correct horse battery';
const account = systemCall('test', NOW, 'test');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const LAPTOP = { device: 'Chrome on Linux', clientAddress: '203.0.113.7' };
const PHONE = { device: 'Safari on iPhone', clientAddress: null };

interface Person {
  readonly id: string;
  readonly email: string;
  readonly callAt: (now: Date) => Call;
}

async function newPerson(): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const id = await createUser(account, { email, name: 'Ana', password: PASSWORD, isAccountOwner: false });
  const actor = { kind: 'user', id, label: email } as const;
  return { id, email, callAt: (now) => ({ ...account, actor, now, workspace: null, scopes: new Set() }) };
}

async function begin({ id }: Person, place: SignInPlace = LAPTOP, now = NOW): Promise<string> {
  const sessionId = await beginSession({ id, sessionEpoch: 0 }, place, now);
  if (sessionId === null) throw new Error('No session began.');
  return sessionId;
}

const enter = (person: Person, sessionId: string, now = NOW, epoch = 0) =>
  enterSession({ sessionId, userId: person.id, epoch }, now);
const idsOf = async (person: Person, now = NOW) => (await listOwnSessions(person.callAt(now))).map(({ id }) => id);

describe('a session', () => {
  it('lets its user in until two weeks are over', async () => {
    const person = await newPerson();
    const sessionId = await begin(person);
    expect(await enter(person, sessionId)).toEqual({
      id: person.id,
      email: person.email,
      name: 'Ana',
      isAccountOwner: false,
      sessionEpoch: 0,
    });
    expect(await enter(person, sessionId, later(SESSION_SECONDS_MAX - 1))).not.toBeNull();
    expect(await enter(person, sessionId, later(SESSION_SECONDS_MAX))).toBeNull();
    expect(await idsOf(person, later(SESSION_SECONDS_MAX))).toEqual([]);
  });

  it('lets nobody else in, nor anybody by an id that is none', async () => {
    const [ana, ben] = [await newPerson(), await newPerson()];
    const sessionId = await begin(ana);
    expect(await enter(ben, sessionId)).toBeNull();
    expect(await enter(ana, randomUUID())).toBeNull();
    expect(await enter(ana, sessionId, NOW, 1)).toBeNull();
  });

  it('notes at most once a minute when it was seen', async () => {
    const person = await newPerson();
    const sessionId = await begin(person);
    const seenAt = async () => (await prisma().session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt;
    await enter(person, sessionId, later(SEEN_SECONDS));
    expect(await seenAt()).toEqual(NOW);
    await Promise.all([1, 2, 3].map((more) => enter(person, sessionId, later(SEEN_SECONDS + more))));
    const noted = await seenAt();
    expect(noted.getTime()).toBeGreaterThan(later(SEEN_SECONDS).getTime());
    await enter(person, sessionId, later(SEEN_SECONDS + 30));
    expect(await seenAt()).toEqual(noted);
  });

  it('does not begin where all were ended, or the user disabled, since the password was right', async () => {
    const person = await newPerson();
    // The last owner's account is guarded against being disabled, whoever is.
    await createUser(account, {
      email: `${randomUUID()}@example.com`,
      name: 'Owner',
      password: null,
      isAccountOwner: true,
    });
    await resetPassword(account, person.email, 'another good password');
    expect(await beginSession({ id: person.id, sessionEpoch: 0 }, LAPTOP, NOW)).toBeNull();
    await setUserDisabled(account, person.id, true);
    expect(await beginSession({ id: person.id, sessionEpoch: 2 }, LAPTOP, NOW)).toBeNull();
    await setUserDisabled(account, person.id, false);
    expect(await beginSession({ id: person.id, sessionEpoch: 2 }, LAPTOP, NOW)).not.toBeNull();
  });

  it('is either ended or not begun when all are ended at the same moment', async () => {
    const person = await newPerson();
    const [begun] = await Promise.all([
      beginSession({ id: person.id, sessionEpoch: 0 }, LAPTOP, NOW),
      endSessions(person.callAt(NOW), null),
    ]);
    expect(await idsOf(person)).toEqual([]);
    if (begun !== null) expect(await enter(person, begun)).toBeNull();
  });
});

describe('the list of sessions', () => {
  it('holds those of the caller that live, the one seen last first', async () => {
    const [ana, ben] = [await newPerson(), await newPerson()];
    const laptop = await begin(ana, { ...LAPTOP, clientAddress: '::ffff:203.0.113.7' });
    const phone = await begin(ana, PHONE, later(10));
    await begin(ben);
    await enter(ana, laptop, later(300));
    expect(await listOwnSessions(ana.callAt(later(300)))).toEqual([
      { id: laptop, createdAt: NOW, lastSeenAt: later(300), ...LAPTOP },
      { id: phone, createdAt: later(10), lastSeenAt: later(10), ...PHONE },
    ]);
    await expect(listOwnSessions(account)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps a hundred of a user, and forgets first what has ended, then what was seen the longest time ago', async () => {
    const person = await newPerson();
    const first = await begin(person);
    const ended = await begin(person, LAPTOP, later(5));
    await leaveSession(ended, later(6));
    for (let made = 2; made < SESSIONS_MAX; made += 1) await begin(person, PHONE, later(10 + made));
    expect(await prisma().session.count({ where: { userId: person.id } })).toBe(SESSIONS_MAX);
    await begin(person, LAPTOP, later(500));
    expect(await prisma().session.findUnique({ where: { id: ended } })).toBeNull();
    expect(await enter(person, first)).not.toBeNull();
    await begin(person, LAPTOP, later(501));
    expect(await enter(person, first)).toBeNull();
    expect(await idsOf(person, later(501))).toHaveLength(SESSIONS_MAX);
  });

  it('is forgotten after its time, ended or not', async () => {
    const person = await newPerson();
    const [old, ended, young] = [await begin(person), await begin(person), await begin(person, LAPTOP, later(60))];
    await leaveSession(ended, later(1));
    await pruneSessions(later(SESSION_SECONDS_MAX));
    const left = await prisma().session.findMany({ where: { id: { in: [old, ended, young] } } });
    expect(left.map(({ id }) => id)).toEqual([young]);
  });
});

describe('ending', () => {
  it('one session leaves the others, and is written down once', async () => {
    const person = await newPerson();
    const [lost, kept] = [await begin(person), await begin(person, PHONE)];
    await Promise.all([endSession(person.callAt(later(5)), lost), endSession(person.callAt(later(5)), lost)]);
    expect(await enter(person, lost, later(6))).toBeNull();
    expect(await enter(person, kept, later(6))).not.toBeNull();
    expect(await idsOf(person)).toEqual([kept]);
    const entries = await prisma().auditEntry.findMany({ where: { subjectId: person.id, action: 'user.end_session' } });
    expect(entries.map(({ detail }) => detail)).toEqual([LAPTOP]);
  });

  it('is refused for what is another user’s, unknown or no id', async () => {
    const [ana, ben] = [await newPerson(), await newPerson()];
    const sessionId = await begin(ana);
    for (const id of [sessionId, randomUUID(), 'no id']) {
      await expect(endSession(ben.callAt(NOW), id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(endSession(account, sessionId)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await enter(ana, sessionId)).not.toBeNull();
  });

  it('all but one keeps that one, in the epoch that is answered', async () => {
    const person = await newPerson();
    const [own, other] = [await begin(person), await begin(person, PHONE)];
    expect(await endSessions(person.callAt(later(5)), own)).toBe(1);
    expect(await enter(person, own, later(6), 1)).not.toBeNull();
    expect(await enter(person, own, later(6), 0)).toBeNull();
    expect(await enter(person, other, later(6), 1)).toBeNull();
    expect(await changePassword(person.callAt(later(7)), PASSWORD, 'another good password', own)).toBe(2);
    expect(await enter(person, own, later(8), 2)).not.toBeNull();
    expect(await endSessions(person.callAt(later(9)), null)).toBe(3);
    expect(await idsOf(person, later(9))).toEqual([]);
  });
});
