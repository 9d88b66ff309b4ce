import { ButtonLink } from '@/components/ui/button-link';
import { ErrorPage } from '@/components/ui/error-panel';
import { TopBar } from '@/components/ui/top-bar';

/** A page of this workspace that is not there, inside the frame. */
export default function NotFound() {
  return (
    <>
      <TopBar crumbs={<span className="text-md font-semibold">Not found</span>} />
      <ErrorPage
        code="404"
        title="This is not in the workspace"
        actions={
          <ButtonLink href="/" variant="primary">
            Go to the keys
          </ButtonLink>
        }
      >
        It may have been deleted, or it may be in another workspace: switch at the top left.
      </ErrorPage>
    </>
  );
}
