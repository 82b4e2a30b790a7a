/** A real SMART app in a real browser against the running system. Only the Maven profile {@code browser} compiles this. */
@NullMarked
package eu.sinusnode.system.browser;

import org.jspecify.annotations.NullMarked;
