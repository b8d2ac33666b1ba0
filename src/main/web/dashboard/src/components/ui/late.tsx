import {
  Component,
  type ComponentType,
  createElement,
  lazy,
  type LazyExoticComponent,
  type ReactNode,
  Suspense,
} from "react";

import { texts } from "@/components/texts";
import { Failed } from "@/components/ui/states";
import { reason } from "@/lib/api";
import { notify } from "@/lib/notify";

/** A part of the app that did not arrive, such as without a network. */
class NotLoaded extends Error {
  override readonly name = "NotLoaded";
}

interface LatePart {
  readonly preload: () => Promise<void>;
  readonly forgetFailure: () => void;
}

const parts: LatePart[] = [];

/**
 * A component that is loaded when it is shown first. A failed load stays failed until `loadAgain` or `preload`: React's own `lazy` keeps it
 * for ever, and the router's loads the whole page anew, which without a network is the browser's error page.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ((props: Props) => ReactNode) & LatePart {
  let part: LazyExoticComponent<ComponentType<Props>> | undefined;
  let loading: Promise<{ default: ComponentType<Props> }> | undefined;
  let hasFailed = false;

  const begin = () => {
    hasFailed = false;
    const mine = load().then(
      (component) => ({ default: component }),
      (error: unknown) => {
        hasFailed = true;
        throw new NotLoaded(undefined, { cause: error });
      },
    );
    mine.catch(() => undefined);
    loading = mine;
    part = lazy(() => mine);
    return part;
  };

  const Late = (props: Props) => createElement((part ?? begin()) as ComponentType<Props>, props);
  const forgetFailure = () => {
    if (hasFailed) {
      part = undefined;
    }
  };
  const preload = async () => {
    forgetFailure();
    if (!part) {
      begin();
    }
    await loading?.catch(() => undefined);
  };
  const whole = Object.assign(Late, { preload, forgetFailure });
  parts.push(whole);
  return whole;
}

/** Lets parts whose load failed be loaded again by whatever shows them next. */
export function loadAgain(): void {
  parts.forEach((each) => each.forgetFailure());
}

/** Fetches every part one after the other, so that all are there where the network goes. */
export async function loadAll(): Promise<void> {
  for (const each of parts) {
    await each.preload();
  }
}

interface Props {
  /** What is shown while it is loaded. */
  readonly fallback?: ReactNode;
  /** Takes back the wish to see it where it could not be loaded, which a notice says. Left out, the place of the part says so. */
  readonly onFailed?: () => void;
  readonly children: ReactNode;
}

/** The place of a part by `late`: where it cannot be loaded, all around it stays. */
export class LatePlace extends Component<Props, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    const { onFailed } = this.props;
    if (error instanceof NotLoaded && onFailed) {
      loadAgain();
      notify({ title: texts.notLoaded, detail: reason(error), tone: "danger" });
      onFailed();
    }
  }

  override render() {
    const { fallback = null, onFailed, children } = this.props;
    const { error } = this.state;
    if (error === undefined) {
      return <Suspense fallback={fallback}>{children}</Suspense>;
    }
    if (!(error instanceof NotLoaded)) {
      throw error;
    }
    const retry = () => {
      loadAgain();
      this.setState({ error: undefined });
    };
    return onFailed ? null : <Failed error={error} retry={retry} className="py-6" />;
  }
}
