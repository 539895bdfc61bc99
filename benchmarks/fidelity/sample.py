"""The scripts of the fast sample: sixty figures, something of each kind of plot."""

from __future__ import annotations

SAMPLE = (
    # lines, bars, markers
    "plot_types/basic/plot.py",
    "plot_types/basic/stackplot.py",
    "plot_types/basic/stem.py",
    "examples/lines_bars_and_markers/barchart.py",
    "examples/lines_bars_and_markers/broken_barh.py",
    "examples/lines_bars_and_markers/scatter_demo2.py",
    "examples/lines_bars_and_markers/timeline.py",
    # images, contours, fields
    "plot_types/arrays/barbs.py",
    "plot_types/arrays/contourf.py",
    "plot_types/arrays/imshow.py",
    "plot_types/arrays/pcolormesh.py",
    "plot_types/arrays/quiver.py",
    "plot_types/unstructured/tripcolor.py",
    "examples/images_contours_and_fields/contour_image.py",
    "examples/images_contours_and_fields/contourf_hatching.py",
    "examples/images_contours_and_fields/image_masked.py",
    "examples/images_contours_and_fields/multi_image.py",
    "examples/images_contours_and_fields/watermark_image.py",
    # colorbars
    "examples/color/colorbar_basics.py",
    "examples/color/custom_cmap.py",
    "examples/ticks/colorbar_tick_labelling_demo.py",
    # 3D
    "plot_types/3D/scatter3d_simple.py",
    "plot_types/3D/voxels_simple.py",
    "examples/mplot3d/mixed_subplots.py",
    "examples/mplot3d/surface3d.py",
    # polar, pie, maps
    "plot_types/stats/pie.py",
    "examples/pie_and_polar_charts/polar_bar.py",
    "examples/pie_and_polar_charts/polar_demo.py",
    "examples/subplots_axes_and_figures/geo_demo.py",
    # statistics
    "plot_types/stats/hexbin.py",
    "plot_types/stats/violin.py",
    "plot_types/stats/boxplot_plot.py",
    "examples/statistics/errorbar_limits.py",
    # text, annotations, tables
    "examples/text_labels_and_annotations/annotation_basic.py",
    "examples/text_labels_and_annotations/legend.py",
    "examples/text_labels_and_annotations/mathtext_demo.py",
    "examples/text_labels_and_annotations/rainbow_text.py",
    "examples/misc/table_demo.py",
    # shapes, hatches
    "examples/shapes_and_collections/hatch_demo.py",
    "examples/shapes_and_collections/patch_collection.py",
    # scales, dates, ticks
    "examples/scales/custom_scale.py",
    "examples/scales/aspect_loglog.py",
    "examples/ticks/centered_ticklabels.py",
    "examples/ticks/date_demo_convert.py",
    # layouts
    "examples/subplots_axes_and_figures/gridspec_nested.py",
    "examples/subplots_axes_and_figures/subfigures.py",
    "examples/subplots_axes_and_figures/two_scales.py",
    "examples/subplots_axes_and_figures/zoom_inset_axes.py",
    "examples/axes_grid1/inset_locator_demo2.py",
    # what is drawn by the program itself
    "examples/event_handling/path_editor.py",
    "examples/widgets/slider_demo.py",
)
