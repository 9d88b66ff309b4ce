import { redirect } from 'next/navigation';

type Props = { params: Promise<{ workspace: string }> };

export default async function WorkspacePage({ params }: Props) {
  redirect(`/${(await params).workspace}/keys`);
}
