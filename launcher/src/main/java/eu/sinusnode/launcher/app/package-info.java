/** The example app, served on loopback: files of {@code smart-app/}, and what tells it where it belongs. */
@NullMarked
package eu.sinusnode.launcher.app;

import org.jspecify.annotations.NullMarked;
