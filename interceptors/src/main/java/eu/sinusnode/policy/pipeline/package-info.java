/** The table of contents: every step on the request's way, in the order in which they run. */
@NullMarked
package eu.sinusnode.policy.pipeline;

import org.jspecify.annotations.NullMarked;
