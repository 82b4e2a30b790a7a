/** {@code Patient/[id]/$everything}: one patient's record, page by page, as the caller's searches would find it. */
@NullMarked
package eu.sinusnode.server.everything;

import org.jspecify.annotations.NullMarked;
