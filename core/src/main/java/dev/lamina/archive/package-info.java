// SPDX-License-Identifier: Apache-2.0
/**
 * Images as files: OCI layouts, Docker archives and root file system tars, into a store and out of
 * it. Start at {@link dev.lamina.archive.OciLayout}, {@link dev.lamina.archive.DockerArchive} and
 * {@link dev.lamina.archive.RootfsTar}.
 */
@CheckReturnValue
@ParametersAreNonnullByDefault
package dev.lamina.archive;

import javax.annotation.CheckReturnValue;
import javax.annotation.ParametersAreNonnullByDefault;
